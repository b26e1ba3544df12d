"""The rules as compiled: plain, frozen values that the loader makes one by one, as their annotations say."""
