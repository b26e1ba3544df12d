"""`python -m ehrpay`."""

from ehrpay.cli.main import main

if __name__ == "__main__":
    main()
