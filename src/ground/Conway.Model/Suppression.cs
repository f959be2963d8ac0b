namespace Conway.Model;

/// <summary>A finding that is known and is not to be told, for a reason and for a time.</summary>
public sealed record Suppression
{
    [Must, Matches("^CW[0-9]{4}$", "the code of a finding, CW and four digits"), About("The finding's code.", Example = "CW2106")]
    public string Finding { get; init; } = "";

    [About("Where in the model: a path, * for any name; what is below it counts too.", Example = "services.orders.calls.*", Unset = "everywhere")]
    public string? At { get; init; }

    [Must, About("Why nobody mends it, in a sentence.", Example = "the ledger is replaced in spring")]
    public string Reason { get; init; } = "";

    [About("The last day on which it is not told.", Example = "2027-03-31", Unset = "never told again")]
    public DateOnly? Until { get; init; }

    [About("Who decided it.", Example = "ada")]
    public string? By { get; init; }
}
