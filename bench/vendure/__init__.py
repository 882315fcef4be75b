"""Vendure beside us: installed from npm, filled with the same goods, asked for the same things."""
