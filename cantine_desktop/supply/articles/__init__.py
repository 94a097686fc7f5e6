"""What suppliers sell: packs within packs, prices with their basis, labels and origins."""
