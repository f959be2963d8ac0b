using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Outfitter.Infrastructure;

/// <summary>SQLite forgets that a time is UTC, PostgreSQL insists on it.</summary>
public sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(
    time => time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc),
    time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
