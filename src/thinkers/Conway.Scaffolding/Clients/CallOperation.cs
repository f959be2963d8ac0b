namespace Conway.Scaffolding.Clients;

/// <summary>Something that a contract lets its callers ask.</summary>
/// <param name="Name">Of the method.</param>
/// <param name="Method">As in the request.</param>
/// <param name="Path">With parameters in braces.</param>
/// <param name="Body">What is sent; null for nothing.</param>
/// <param name="Answer">What a good answer holds; null for nothing that is JSON.</param>
/// <param name="MayBeGone">A 404 says that there is none, which is no error.</param>
internal sealed record CallOperation(string Name, string Method, string Path, IReadOnlyList<CallParameter> Parameters, CallType? Body, CallType? Answer, bool MayBeGone);

/// <param name="In"><c>path</c>, <c>query</c> or <c>header</c>.</param>
/// <param name="Word">Its name in the method, which no other and nothing in the method has.</param>
/// <param name="Between">What stands between the values of a list; null when each has the name before it (OpenAPI's <c>explode</c>, as lists in a query are when nothing is said).</param>
internal sealed record CallParameter(string Name, string In, CallType Type, string Word, string? Between)
{
    /// <summary>A list of which each value is a pair of the query.</summary>
    public bool IsRepeated => Between is null && Type.Kind == CallKind.List;

    /// <summary>A text that is a segment of the path.</summary>
    public bool IsSegment => In == "path" && Type.Kind == CallKind.Text;
}

/// <summary>A type of the contract that has a name.</summary>
internal sealed record CallRecord(string Name, IReadOnlyList<CallProperty> Properties);

/// <param name="Key">As in JSON.</param>
internal sealed record CallProperty(string Key, CallType Type);

/// <param name="Name">In C#, without a question mark.</param>
/// <param name="IsOptional">It may be missing or null.</param>
/// <param name="Item">What a list is of; null for anything else.</param>
internal sealed record CallType(CallKind Kind, string Name, bool IsOptional, CallType? Item = null)
{
    public string Written => IsOptional ? Name + "?" : Name;
}

/// <summary>What a value is.</summary>
internal enum CallKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A point in time.</summary>
    Time,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A list of something.</summary>
    List,

    /// <summary>A record of the contract.</summary>
    Record,

    /// <summary>Whatever JSON there is.</summary>
    Json,
}
