namespace Conway.Console.Tests.Played;

/// <summary>A service of a system that is only played.</summary>
internal sealed record PlayedService(string Name, string Description, string Context, string Team, int Replicas, string[] Calls)
{
    /// <summary>A shop of seven.</summary>
    public static PlayedService[] Shop { get; } =
    [
        new("storefront", "The page customers see", "storefront", "shopping", 1, ["catalog", "basket", "orders"]),
        new("catalog", "Products and prices", "catalog", "shopping", 2, []),
        new("basket", "What a customer is about to order", "ordering", "checkout", 1, ["catalog"]),
        new("orders", "Takes and follows orders", "ordering", "checkout", 2, ["catalog", "basket", "payments", "inventory", "shipping"]),
        new("payments", "Charges cards", "payments", "money", 2, []),
        new("inventory", "Stock and reservations", "fulfilment", "warehouse", 1, ["catalog"]),
        new("shipping", "Sends parcels", "fulfilment", "warehouse", 1, []),
    ];

    /// <summary>Names as long as they may be, of services, contexts and teams, and descriptions that nobody cut.</summary>
    public static PlayedService[] LongNamed { get; } =
    [
        new(Long("warehouse"), "Answers what is where, what is promised to whom, and what is expected from which supplier on which day of the week", Long("fulfilment"), Long("team"), 3, [Long("stock"), Long("suppliers")]),
        new(Long("stock"), "Stock", Long("fulfilment"), Long("team"), 12, []),
        new(Long("suppliers"), "Suppliers", Long("purchasing"), Long("team"), 1, [Long("stock")]),
        new("tax", "Tax", "tax", "tax", 1, []),
    ];

    /// <summary>As many as one team never has: each calls up to three later ones, in eighteen contexts.</summary>
    public static PlayedService[] Estate(int count)
    {
        var random = new Random(8123);
        return [.. Enumerable.Range(0, count).Select(index => new PlayedService(
            NameOf(index), $"Service {index}", $"domain-{index % 18}", $"team-{index % 25}", 1 + (index % 3),
            [.. Enumerable.Range(0, random.Next(3)).Select(_ => index + 1 + random.Next(20)).Where(other => other < count).Distinct().Select(NameOf)]))];

        static string NameOf(int index) => $"svc-{index:000}";
    }

    /// <summary>63 characters, the most that a name may have.</summary>
    private static string Long(string name) => $"{name}-{new string('x', 20)}-and-all-that-belongs-to-it-in-europe".PadRight(63, 'e')[..63];
}
