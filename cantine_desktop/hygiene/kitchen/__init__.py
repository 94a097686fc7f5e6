"""Who cooks: briefing, training, refused allergens. No health data, ever."""
