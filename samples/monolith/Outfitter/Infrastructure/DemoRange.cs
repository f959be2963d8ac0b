using Outfitter.Common;

namespace Outfitter.Infrastructure;

/// <summary>What the sample sells, and where to.</summary>
public static class DemoRange
{
    /// <summary>Of every account of the sample.</summary>
    public const string Password = "correct horse battery";

    public static readonly (string Name, string? Parent)[] Categories =
    [
        ("Camp", null), ("Tents", "Camp"), ("Sleeping bags", "Camp"), ("Stoves", "Camp"), ("Trail food", "Camp"),
        ("Clothing", null), ("Jackets", "Clothing"), ("Base layers", "Clothing"), ("Socks", "Clothing"),
        ("On foot", null), ("Boots", "On foot"), ("Backpacks", "On foot"), ("Poles", "On foot"),
    ];

    public static readonly string[] Brands = ["Northwall", "Ridgeline", "Fjordwear", "Basecamp Co", "Larch"];

    public static readonly string[] Uses = ["long weekends", "bad weather", "light packs", "high routes", "families", "the first spring tour"];

    public static readonly string[] Colours = ["moss", "slate", "ember", "sand"];

    public static readonly (string Country, decimal Standard, decimal Reduced)[] Taxes = [("DE", 19, 7), ("AT", 20, 10), ("FR", 20, 5.5m), ("NL", 21, 9), ("BE", 21, 6)];

    private static readonly string[] ModelNames = ["Alder", "Birch", "Cedar", "Dune", "Elm", "Fen"];

    private static readonly Item[] Items =
    [
        new("Tents", "TNT", "tent", new Money(24_900), 2400, "standard", "Two poles, one entrance, no draught."),
        new("Sleeping bags", "SLB", "sleeping bag", new Money(14_900), 1100, "standard", "Warm down to the first frost."),
        new("Stoves", "STV", "stove", new Money(5_900), 380, "standard", "Boils a litre before the tea is found."),
        new("Trail food", "FOD", "stew", new Money(690), 160, "reduced", "Add hot water and wait."),
        new("Jackets", "JKT", "jacket", new Money(17_900), 520, "standard", "Keeps rain out and lets sweat out."),
        new("Base layers", "BSL", "shirt", new Money(6_900), 190, "standard", "Merino, worn on the skin."),
        new("Socks", "SCK", "socks", new Money(1_490), 70, "standard", "Padded where boots press."),
        new("Boots", "BOT", "boots", new Money(18_900), 1250, "standard", "Soled for gravel and wet roots."),
        new("Backpacks", "BPK", "backpack", new Money(12_900), 1400, "standard", "Carries on the hips."),
        new("Poles", "POL", "poles", new Money(7_900), 450, "standard", "A pair, in three parts."),
    ];

    public static IEnumerable<(Item Item, string Model)> Models => from item in Items from model in ModelNames select (item, model);

    public sealed record Item(string Category, string Prefix, string Noun, Money Price, int WeightGrams, string TaxClass, string Text);
}
