using System.Net;
using System.Security.Cryptography;
using System.Text;
using Conway.Decomposition.Proposals;
using Conway.Findings;

namespace Conway.Cli;

/// <summary>A proposal as one page that needs no network and no server: <c>report.html</c>.</summary>
/// <remarks>Names from the code are only ever data: they stand in a block of JSON without a <c>&lt;</c>, and the page's script puts them in place as text.
/// The policy at its head allows this one style and this one script, and nothing from elsewhere.</remarks>
internal static class CutPage
{
    public static string Of(Proposal proposal, Alternative shown, IReadOnlyList<Finding> findings)
    {
        var (style, script) = (Part("report.css"), Part("report.js"));
        var policy = $"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'; base-uri 'none'; form-action 'none'";
        return Part("report.html")
            .Replace("<!--title-->", WebUtility.HtmlEncode(SafeText.OneLine(proposal.Code.Name)), StringComparison.Ordinal)
            .Replace("<!--policy-->", policy, StringComparison.Ordinal)
            .Replace("<!--style-->", style, StringComparison.Ordinal)
            .Replace("<!--script-->", script, StringComparison.Ordinal)
            .Replace("<!--data-->", CutPageData.Of(proposal, shown, findings), StringComparison.Ordinal);
    }

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    // Line ends as they are hashed: a browser reads \r\n as \n before it does.
    private static string Part(string name)
    {
        using var stream = typeof(CutPage).Assembly.GetManifestResourceStream($"decomposition/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
