namespace Conway.Registry;

/// <summary>A seeded source of chance that several requests may ask at once.</summary>
internal sealed class LockedRandom(int seed) : Random(seed)
{
    private readonly Lock _lock = new();

    public override int Next(int maxValue) { lock (_lock) return base.Next(maxValue); }

    public override int Next(int minValue, int maxValue) { lock (_lock) return base.Next(minValue, maxValue); }

    public override double NextDouble() { lock (_lock) return base.NextDouble(); }
}
