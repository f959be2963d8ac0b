using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Conway.Console.Tests;

/// <summary>What axe finds in a page of ours.</summary>
/// <remarks>The page has no frames, so axe runs in it once and tells only what is wrong, in lines made there. The usual wrapper opens
/// a second page for each run and carries everything that is right through three processes, which took most of the time of these tests.</remarks>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Every rule of WCAG 2.2 AA and of good practice.</summary>
    public static Task<string[]> AllAsync(IPage page) =>
        RunAsync(page, """{ "type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }""");

    /// <summary>What another theme can change: colours, and nothing else of what the rules look at.</summary>
    public static Task<string[]> ColoursAsync(IPage page) =>
        RunAsync(page, """{ "type": "rule", "values": ["color-contrast", "link-in-text-block"] }""");

    private static async Task<string[]> RunAsync(IPage page, string rules)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.EvaluateAsync($"() => {{ {Script} }}");
        }

        return await page.EvaluateAsync<string[]>($$"""
            async () => {
              const found = await axe.run(document, { resultTypes: ['violations'], iframes: false, runOnly: {{rules}} })
              if (found.passes.length === 0) throw new Error('axe looked at nothing')
              return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')} ${node.html}`))
            }
            """);
    }
}
