"""The figure: from poses to limbs to characters."""
