namespace Conway.Planted.Design;

/// <summary>The whole system before a line of it is written.</summary>
internal sealed class Blueprint(PlantedSettings settings)
{
    public PlantedSettings Settings => settings;

    public List<Module> Modules { get; } = [];

    /// <summary>In the order in which they were thought of; nested ones after their outer type.</summary>
    public List<PlannedType> Types { get; } = [];

    public List<Transaction> Transactions { get; } = [];

    public List<Join> Joins { get; } = [];

    public List<Loop> Loops { get; } = [];

    public PlannedType? Context { get; set; }

    /// <summary>Null without handlers.</summary>
    public PlannedType? Dispatcher { get; set; }

    public IEnumerable<PlannedType> Of(Role role) => Types.Where(t => t.Role == role);

    public static bool IsCross(PlannedType from, PlannedType to) => from.Module is { } home && to.Module is { } other && home != other;

    public sealed record Transaction(PlannedType Service, string Method, IReadOnlyList<PlannedType> Entities);

    public sealed record Join(PlannedType Service, string Method, PlannedType Left, PlannedType Right);

    public sealed record Loop(PlannedType Service, string Method, PlannedType Callee);
}

/// <summary>What becomes a service of the truth.</summary>
internal sealed class Module(int index, string service, string @namespace)
{
    public int Index => index;

    /// <summary>In the truth: <c>billing</c>.</summary>
    public string Service => service;

    /// <summary>When namespaces are sighted: <c>Planted.Billing</c>.</summary>
    public string Namespace => @namespace;

    public List<Feature> Features { get; } = [];

    /// <summary>Modules that most of its cross references go to.</summary>
    public List<Module> Neighbours { get; } = [];
}

/// <summary>An entity and what was built around it; which parts there are depends on the layers and on where the module's size was reached.</summary>
internal sealed class Feature(string noun)
{
    public string Noun => noun;

    public PlannedType Entity { get; set; } = null!;

    public PlannedType? Service { get; set; }

    public PlannedType? Interface { get; set; }

    public PlannedType? Repository { get; set; }

    public PlannedType? Controller { get; set; }

    public PlannedType? Command { get; set; }

    public PlannedType? Handler { get; set; }

    public PlannedType? Dto { get; set; }

    public PlannedType? Validator { get; set; }
}
