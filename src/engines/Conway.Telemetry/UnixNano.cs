namespace Conway.Telemetry;

/// <summary>Nanoseconds since 1970, as OTLP counts time.</summary>
internal static class UnixNano
{
    public static ulong Of(DateTimeOffset time) => (ulong)Math.Max(0, (time - DateTimeOffset.UnixEpoch).Ticks) * 100;

    public static ulong Of(TimeSpan span) => (ulong)Math.Max(0, span.Ticks) * 100;

    /// <summary>To the tick of 100 ns; times past the year 9999, which only a broken sender writes, become the last one.</summary>
    public static DateTimeOffset ToTime(ulong nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks((long)Math.Min(nanoseconds / 100, (ulong)(DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks));

    public static TimeSpan ToSpan(ulong nanoseconds) => new((long)(nanoseconds / 100));

    /// <summary>The difference, never below nothing.</summary>
    public static ulong Minus(ulong time, ulong span) => time > span ? time - span : 0;
}
