namespace Conway.Planted.Design;

/// <summary>One thing that a method does. The code is written from it, and what a request reads and writes is known from it.</summary>
internal abstract record Step
{
    /// <summary>Calls a method of what was injected.</summary>
    public sealed record Call(PlannedType Target, string Method) : Step;

    /// <summary>Makes one and asks it for a number.</summary>
    public sealed record Make(PlannedType Target) : Step;

    /// <summary>Gives a command to the dispatcher, which gives it to its handler.</summary>
    public sealed record Send(PlannedType Dispatcher, PlannedType Command) : Step;

    /// <summary>Lets a repository add an entity.</summary>
    public sealed record Keep(PlannedType Repository, PlannedType Entity) : Step;

    /// <summary>A repository reads its own table.</summary>
    public sealed record List(PlannedType Entity) : Step;

    /// <summary>A context reads a table.</summary>
    public sealed record Read(PlannedType Entity) : Step;

    /// <summary>A context writes a table.</summary>
    public sealed record Write(PlannedType Entity) : Step;
}

/// <param name="Index">Of a method that every type of its kind has; -1 for what was planted on purpose and for a repository's own.</param>
internal sealed record PlannedMethod(string Name, int Index, IReadOnlyList<Step> Steps);
