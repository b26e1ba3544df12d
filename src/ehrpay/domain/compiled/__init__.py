"""The rules as compiled: plain, frozen values that the loader reads from its cache one by one."""
