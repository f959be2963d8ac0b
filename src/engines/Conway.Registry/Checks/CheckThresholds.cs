namespace Conway.Registry.Checks;

/// <summary>Turns results of probes into a status: a flapping instance must not flap in the catalog.</summary>
/// <remarks>One owner. Source: Consul's <c>SuccessBeforePassing</c>, <c>FailuresBeforeWarning</c>, <c>FailuresBeforeCritical</c>.</remarks>
internal sealed class CheckThresholds(CheckDefinition definition)
{
    private int _good;
    private int _bad;

    /// <returns>The status the check now has; null: not enough of the same in a row, it stays as it is.</returns>
    public InstanceHealth? Observe(InstanceHealth result)
    {
        if (result != InstanceHealth.Critical)
        {
            _bad = 0;
            _good = Math.Min(_good + 1, int.MaxValue - 1);
            return _good >= definition.SuccessBeforePassing ? result : null;
        }
        _good = 0;
        _bad = Math.Min(_bad + 1, int.MaxValue - 1);
        if (_bad >= definition.FailuresBeforeCritical) return InstanceHealth.Critical;
        return _bad >= definition.FailuresBeforeWarning ? InstanceHealth.Warning : null;
    }
}
