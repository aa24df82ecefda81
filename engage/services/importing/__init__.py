"""What files of other systems bring, met with what is known: a plan first, then one change."""
