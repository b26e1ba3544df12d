"""The library's verbs, a module each; `ehrpay` itself has their public names, loaded when first used."""
