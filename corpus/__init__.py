"""What a cable is: the model, its identifiers, the reference tables and the sample cables."""
