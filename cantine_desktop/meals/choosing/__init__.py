"""« Que cuisiner ce matin ? »: recipes by what is there and will not keep."""
