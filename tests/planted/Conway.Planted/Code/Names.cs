using System.Globalization;
using Conway.Planted.Design;

namespace Conway.Planted.Code;

/// <summary>What members are called.</summary>
internal static class Names
{
    /// <summary>Of a handler.</summary>
    public const string Handle = "Handle";

    /// <summary>Of a repository.</summary>
    public const string Add = "Add";

    /// <summary>The i-th method that others may call.</summary>
    public static string Method(PlannedType type, int index) => Verb(index) + type.Noun;

    public static string Verb(int index)
    {
        var round = index / Themes.Verbs.Length;
        return Themes.Verbs[index % Themes.Verbs.Length] + (round == 0 ? "" : (round + 1).ToString(CultureInfo.InvariantCulture));
    }

    public static string Parameter(PlannedType type)
    {
        if (type.Role == Role.Context)
            return "context";
        var name = type.Role == Role.Interface ? type.Name[1..] : type.Name;
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    public static string Field(PlannedType type) => "_" + Parameter(type);

    public static string Set(PlannedType entity) => entity.Name + "s";
}
