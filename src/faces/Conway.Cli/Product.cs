using System.Reflection;

namespace Conway.Cli;

/// <summary>What this program is.</summary>
internal static class Product
{
    /// <summary><c>0.1.0</c>, without what the build adds after a plus.</summary>
    public static string Version { get; } =
        (typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
