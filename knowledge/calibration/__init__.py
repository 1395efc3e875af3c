"""Thresholds that keep a promise: at most so many wrong answers, on questions like those given."""
