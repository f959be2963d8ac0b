using System.Collections.Immutable;
using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Pricing;

/// <summary>A cut and its price, both kept up to date move by move: what a person drags, and what a search tries, is priced in the time that the moved unit
/// has neighbours.</summary>
/// <remarks>Counts are whole numbers, so that a price does not depend on the moves that led to the cut. Not safe for use by several threads.</remarks>
public sealed class PriceTable
{
    private readonly PriceIndex _index;
    private readonly WeightedGraph _graph;
    private readonly double _resolution;
    private readonly int[] _service;
    private readonly int[] _sizes;
    private readonly int[] _inUseCase;
    private readonly int[] _inTable;
    private readonly Dictionary<(int Group, int Service), int> _written = [];
    private readonly Dictionary<(int Table, int Service), int> _writers = [];
    private readonly long[] _strengths;
    private readonly int[,] _teams;
    private long _spreadWeight;
    private int _sharedTables;
    private long _crossing;
    private int _partedKeys;
    private int _partedJoins;
    private long _within;
    private long _squares;
    private int _placed;
    private int _services;
    private int _wrongTeam;

    /// <param name="index">What prices are made of.</param>
    /// <param name="graph">The graph whose weight within services is counted; its nodes are units, perhaps followed by others, which count nothing.</param>
    /// <param name="resolution">See <see cref="Clustering.LeidenOptions.Resolution"/>.</param>
    /// <param name="cut">The service of each unit, <see cref="Partition.None"/> for those in none.</param>
    /// <param name="servicesMax">Numbers of services are below this; at least one more than the cut has leaves room for a new one.</param>
    public PriceTable(PriceIndex index, WeightedGraph graph, double resolution, ReadOnlySpan<int> cut, int servicesMax)
    {
        (_index, _graph, _resolution) = (index, graph, resolution);
        _service = new int[cut.Length];
        Array.Fill(_service, Partition.None);
        _sizes = new int[servicesMax];
        _strengths = new long[servicesMax];
        _inUseCase = new int[index.WritingUseCases];
        _inTable = new int[index.WrittenTables];
        _teams = new int[servicesMax, Math.Max(1, index.Teams)];
        for (var unit = 0; unit < cut.Length; unit++)
        {
            if (cut[unit] != Partition.None)
            {
                Put(unit, cut[unit]);
            }
        }
    }

    /// <summary>The service of each unit.</summary>
    public ReadOnlySpan<int> Cut => _service;

    /// <summary>How many units a service has.</summary>
    public int SizeOf(int service) => _sizes[service];

    /// <summary>How many services have units.</summary>
    public int Services => _services;

    /// <summary>The price now.</summary>
    public Price Price => new()
    {
        DistributedTransactions = Share(_spreadWeight, _index.WritingWeight),
        SharedTables = Share(_sharedTables, _index.WrittenTables),
        SynchronousCalls = Share(_crossing, _index.CallWeight),
        ForeignKeys = Share(_partedKeys, _index.KeyCount),
        Joins = Share(_partedJoins, _index.JoinCount),
        Size = _placed == 0 ? 0 : (_squares / ((double)_placed * _placed)) - (1.0 / _services),
        Team = Share(_wrongTeam, _index.TeamUnits),
        Modularity = _graph.TotalStrength == 0 ? 0 : ((double)_within / _graph.TotalStrength) - (_resolution * Chance()),
    };

    /// <summary>Puts a unit into another service.</summary>
    /// <param name="service">Its number; <see cref="Partition.None"/> takes the unit out.</param>
    public void Move(int unit, int service)
    {
        if (_service[unit] == service)
        {
            return;
        }

        if (_service[unit] != Partition.None)
        {
            Take(unit);
        }

        if (service != Partition.None)
        {
            Put(unit, service);
        }
    }

    /// <summary>What the price would be with a unit elsewhere.</summary>
    public Price IfMoved(int unit, int service)
    {
        var before = _service[unit];
        Move(unit, service);
        var price = Price;
        Move(unit, before);
        return price;
    }

    /// <summary>What the price would be with all these units elsewhere, in one service.</summary>
    public Price IfMoved(ReadOnlySpan<int> units, int service)
    {
        var before = new int[units.Length];
        for (var i = 0; i < units.Length; i++)
        {
            before[i] = _service[units[i]];
            Move(units[i], service);
        }

        var price = Price;
        for (var i = units.Length - 1; i >= 0; i--)
        {
            Move(units[i], before[i]);
        }

        return price;
    }

    private void Put(int unit, int service)
    {
        // Pairs with others in services change from "an end in none" to within or across.
        Count(unit, service, 1);
        _service[unit] = service;
    }

    private void Take(int unit)
    {
        var service = _service[unit];
        _service[unit] = Partition.None;
        Count(unit, service, -1);
    }

    private void Count(int unit, int service, int sign)
    {
        foreach (var useCase in _index.WrittenBy(unit))
        {
            if (Step(_written, (useCase, service), sign))
            {
                var before = _inUseCase[useCase];
                _inUseCase[useCase] += sign;
                _spreadWeight += (Spread(_inUseCase[useCase]) - Spread(before)) * _index.WeightOf(useCase);
            }
        }

        foreach (var table in _index.WritesTo(unit))
        {
            if (Step(_writers, (table, service), sign))
            {
                var before = _inTable[table];
                _inTable[table] += sign;
                _sharedTables += Spread(_inTable[table]) - Spread(before);
            }
        }

        foreach (var (other, weight) in _index.CallsOf(unit))
        {
            _crossing += Crosses(other, service) ? sign * weight : 0;
        }

        foreach (var other in _index.KeysOf(unit))
        {
            _partedKeys += Crosses(other, service) ? sign : 0;
        }

        foreach (var other in _index.JoinsOf(unit))
        {
            _partedJoins += Crosses(other, service) ? sign : 0;
        }

        CountTeam(unit, service, sign);
        CountGraph(unit, service, sign);
        var size = _sizes[service];
        _sizes[service] += sign;
        _squares += ((long)_sizes[service] * _sizes[service]) - ((long)size * size);
        _placed += sign;
        _services += (_sizes[service] > 0 ? 1 : 0) - (size > 0 ? 1 : 0);
    }

    private void CountTeam(int unit, int service, int sign)
    {
        var team = _index.TeamOf(unit);
        if (team < 0)
        {
            return;
        }

        _wrongTeam -= Minority(service);
        _teams[service, team] += sign;
        _wrongTeam += Minority(service);
    }

    private int Minority(int service)
    {
        var (sum, most) = (0, 0);
        for (var team = 0; team < _index.Teams; team++)
        {
            sum += _teams[service, team];
            most = Math.Max(most, _teams[service, team]);
        }

        return sum - most;
    }

    private void CountGraph(int unit, int service, int sign)
    {
        if (unit >= _graph.Count)
        {
            return;
        }

        var neighbours = _graph.Neighbours(unit);
        var weights = _graph.Weights(unit);
        for (var i = 0; i < neighbours.Length; i++)
        {
            if (neighbours[i] < _service.Length && _service[neighbours[i]] == service)
            {
                _within += 2 * sign * weights[i];
            }
        }

        _within += 2 * sign * _graph.Loop(unit);
        _strengths[service] += sign * _graph.Strength(unit);
    }

    private double Chance()
    {
        var (all, sum) = ((double)_graph.TotalStrength, 0.0);
        foreach (var strength in _strengths)
        {
            sum += strength / all * (strength / all);
        }

        return sum;
    }

    private bool Crosses(int other, int service) => _service[other] != Partition.None && _service[other] != service;

    private static int Spread(int services) => services > 1 ? 1 : 0;

    private static double Share(long part, long all) => all == 0 ? 0 : (double)part / all;

    /// <summary>Counts up or down; whether the count began or ended.</summary>
    private static bool Step<TKey>(Dictionary<TKey, int> counts, TKey key, int sign)
        where TKey : notnull
    {
        var before = counts.GetValueOrDefault(key);
        if (before + sign == 0)
        {
            counts.Remove(key);
            return true;
        }

        counts[key] = before + sign;
        return before == 0;
    }
}
