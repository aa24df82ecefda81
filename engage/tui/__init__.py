"""The screen: wiring, actions, screens and widgets."""
