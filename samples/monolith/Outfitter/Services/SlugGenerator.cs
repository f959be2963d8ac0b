using System.Text;

namespace Outfitter.Services;

/// <summary>Makes the part of an address that people can read: <c>Alpine Tent 2P</c> is <c>alpine-tent-2p</c>.</summary>
public static class SlugGenerator
{
    public static string From(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var c in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        return slug.ToString().TrimEnd('-');
    }
}
