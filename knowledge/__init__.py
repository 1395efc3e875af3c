"""The library: questions go in, cited passages come out. It knows no chat, ticket or SQL."""
