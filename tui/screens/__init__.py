"""The full screens and the dialogs above them."""
