"""Which lots went into which dish: from the shelf to the plate and back."""
