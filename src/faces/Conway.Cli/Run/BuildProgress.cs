namespace Conway.Cli;

/// <summary>What of a build's output is worth a line while it runs; its errors are shown with the service when it has failed. Pure.</summary>
public static class BuildProgress
{
    /// <summary><c>built Shop.Catalog</c>; null for what nobody waits for.</summary>
    /// <param name="service">The service, when the line is from its own build command.</param>
    public static string? Of(string? service, string line)
    {
        var text = line.Trim();
        if (service is not null)
        {
            return text.Length == 0 || text.StartsWith("npm warn", StringComparison.Ordinal) || text.StartsWith("npm notice", StringComparison.Ordinal) ? null : $"{service} {text}";
        }

        // Shop.Catalog -> /home/ada/shop/bin/Debug/net10.0/Shop.Catalog.dll
        var arrow = text.IndexOf(" -> ", StringComparison.Ordinal);
        return arrow > 0 && text.EndsWith(".dll", StringComparison.Ordinal) ? $"built {text[..arrow]}"
            : text.StartsWith("Restored ", StringComparison.Ordinal) ? "restored " + Path.GetFileNameWithoutExtension(text["Restored ".Length..].Split(" (in", 2)[0].TrimEnd('.'))
            : null;
    }
}
