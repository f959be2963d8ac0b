namespace Conway.Artifacts.Tests.Mesh;

/// <summary>A request, before anybody has decided about it.</summary>
/// <param name="From">The workload that it comes from; <see cref="Outside"/>, <see cref="Edge"/>, <see cref="Stranger"/>, or an address.</param>
/// <param name="To">The service that is asked; for one from outside nothing, since the route decides.</param>
/// <param name="Host">For one from outside.</param>
/// <param name="Path">As it was sent, without query.</param>
internal sealed record Asked(string From, string To, string Host, string Method, string Path, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Query, Token? Token)
{
    /// <summary>Somebody beyond the gateway.</summary>
    public const string Outside = "(outside)";

    /// <summary>A pod in the namespace of the gateway, with its identity, that asks a service by itself.</summary>
    public const string Edge = "(edge)";

    /// <summary>A pod of the cluster without an identity of the mesh.</summary>
    public const string Stranger = "(stranger)";

    public override string ToString() =>
        $"{From} -> {To}{Host} {Method} {Path} {{{string.Join(", ", Headers.Select(one => $"{one.Key}: {one.Value}"))}}} ?{string.Join('&', Query.Select(one => $"{one.Key}={one.Value}"))} {(Token is { } token ? $"{token.Issuer} for {token.Audience}: {string.Join(' ', token.Scopes)}{(token.IsSigned ? "" : " (forged)")}" : "no token")}";
}

/// <summary>A token that came with a request.</summary>
internal sealed record Token(string Issuer, string Audience, string[] Scopes, bool IsSigned);

/// <summary>What becomes of a request: for each service that may answer, by name, with its share of a hundred, the path it is asked for, and the limits. Empty: refused.</summary>
internal sealed record Decided(IReadOnlyList<string> Answers)
{
    public static Decided Refused { get; } = new([]);

    public override string ToString() => Answers.Count == 0 ? "refused" : string.Join(" | ", Answers.Order(StringComparer.Ordinal));
}
