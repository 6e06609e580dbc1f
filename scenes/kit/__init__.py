"""What every explainer draws with."""
