namespace Conway.Planted.Design;

internal enum Role
{
    Entity,
    Service,
    Interface,
    Repository,
    Controller,

    /// <summary>What a controller asks a handler for.</summary>
    Command,
    Handler,
    Dto,
    Validator,

    /// <summary>A type whose simple name occurs in every module.</summary>
    Clone,
    Contested,
    Shared,
    Technical,

    /// <summary>What all entities derive from.</summary>
    Base,
    Context,
    Registration,

    /// <summary>What all handlers implement.</summary>
    HandlerBase,

    /// <summary>Finds the handler of a command.</summary>
    Dispatcher,

    /// <summary>What everything that does something writes to.</summary>
    Logger,
}

/// <summary>How one type uses another.</summary>
internal enum Use
{
    /// <summary>Gets it by its constructor and calls it.</summary>
    Inject,

    /// <summary>An entity has a navigation to another.</summary>
    Navigate,

    /// <summary>Gets it by its constructor and writes to it in each method.</summary>
    Log,

    /// <summary>A method takes or makes it and calls it.</summary>
    Handle,

    /// <summary>It is made from it, or judges it.</summary>
    Map,
    Implement,
    Derive,

    /// <summary>Makes a command and gives it to the dispatcher.</summary>
    Send,

    /// <summary>Handles that command.</summary>
    Take,

    /// <summary>Has a property or constant of it.</summary>
    Hold,

    /// <summary>Adds it to the context; only in planted transactions.</summary>
    Store,
}

/// <param name="noun">Of its feature: Invoice.</param>
internal sealed class PlannedType(string name, string noun, Role role, Module? module, string @namespace, PlannedType? outer = null)
{
    private readonly HashSet<PlannedType> _targets = [];

    public string Name => name;

    public string Noun => noun;

    public Role Role => role;

    public Module? Module => module;

    public string Namespace => @namespace;

    public PlannedType? Outer => outer;

    public List<Reference> References { get; } = [];

    /// <summary>Of a contested type.</summary>
    public List<Module> Claimants { get; } = [];

    /// <summary>Of a service: what it is asked for by. Of others: itself.</summary>
    public PlannedType Front { get; set; } = null!;

    public string FullName => outer is null ? $"{@namespace}.{name}" : $"{outer.FullName}+{name}";

    /// <summary>Of an entity. In the plural, since a table cannot be called <c>order</c> without quotes.</summary>
    public string Table => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name) + "s";

    public bool IsBusiness => module is not null || role == Role.Contested;

    /// <returns>False when it is used already, is itself, or is its own outer type.</returns>
    public bool TryUse(PlannedType target, Use use)
    {
        if (target == this || !_targets.Add(target))
            return false;
        References.Add(new Reference(target, use));
        return true;
    }

    public bool Uses(PlannedType target) => _targets.Contains(target);

    public override string ToString() => FullName;

    public readonly record struct Reference(PlannedType Target, Use Use);
}
