namespace Conway.Model;

/// <summary>A system of somebody else that services use.</summary>
[ShortForm(nameof(Address))]
public sealed record External
{
    [Must, Matches("^[a-z][a-z0-9+.-]*://[^/?#\\s@]+(/[^\\s]*)?$", "an address with its scheme, without a password, such as https://api.bank.example"), About("Its address; who uses it finds it in NAME_URL.", Example = "https://api.bank.example")]
    public string Address { get; init; } = "";

    [About("What it is for, in a sentence.")]
    public string? Description { get; init; }

    [Key("in"), About("Where in the network it lies, for the policies of a cluster: namespaces or addresses, each with its port.", Example = "[\"203.0.113.0/24:443\"]", Unset = "read from an address NAME.NAMESPACE.svc; else needed by generate for what is used")]
    public ValueList<string> Places { get; init; } = [];
}
