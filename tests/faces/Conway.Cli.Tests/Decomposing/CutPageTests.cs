using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Conway.Decomposition.Proposals;

namespace Conway.Cli.Tests.Decomposing;

public sealed partial class CutPageTests
{
    private const string Hostile = "</script><img src=x onerror=document.title='taken'>";

    [Fact]
    public void Nothing_comes_from_elsewhere_and_only_the_pages_own_script_may_run()
    {
        var page = Page(SmallShop.Propose());
        Assert.Matches("default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'", page);
        Assert.DoesNotMatch(@"(src|href)=""?(https?:|//)", page);
        Assert.DoesNotMatch(@"<(link|img|iframe|base|form)\b", page);
        Assert.DoesNotMatch(@"\sstyle=", page);
        Assert.DoesNotContain("innerHTML", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_can_end_neither_the_title_nor_the_data()
    {
        var page = Page(Renamed(SmallShop.Propose()));
        Assert.Equal(2, Regex.Count(page, "</script>"));
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains($"<title>{WebUtility.HtmlEncode(Hostile)}: how it could be cut</title>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_browser_draws_every_part_and_takes_names_for_text()
    {
        using var folder = new SystemFolder();
        var file = folder.Write("report.html", Page(Renamed(SmallShop.Propose(new ProposalOptions { Traffic = SomeTraces.Read(SomeTraces.Text) }))));
        var drawn = await DrawnAsync(folder, $"{new Uri(file)}#find=OrderService");
        Assert.All(["cuts", "traffic", "map", "services", "boundaries", "contested", "types", "findings"], id => Assert.Contains($"<section id=\"{id}\"", drawn, StringComparison.Ordinal));
        Assert.Contains("<path class=\"tie", drawn, StringComparison.Ordinal);
        Assert.Matches("<details id=\"t-[0-9]+\" open=\"\"><summary><h3>OrderService</h3>", drawn);
        Assert.Contains($"<h1>{Hostile.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)}</h1>", drawn, StringComparison.Ordinal);
        Assert.DoesNotMatch("<title>taken</title>", drawn);
        Assert.DoesNotContain("<img", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void Four_thousand_types_fit_into_three_megabytes()
    {
        var files = Enumerable.Range(0, 80).ToDictionary(
            area => $"src/Area{area}/Types.cs",
            area => $"namespace Company.Product.Area{area}.Ordering;\n" + string.Concat(Enumerable.Range(0, 50).Select(i =>
                $"public class OrderHandlingThing{area}x{i} {{ public void Run(OrderHandlingThing{area}x{(i + 1) % 50} a, OrderHandlingThing{area}x{(i * 3) % 50} b, OrderHandlingThing{(area + 1) % 80}x{i} c) {{ a.Run(null, null, null); c.Run(null, null, null); }} }}\n")));
        var proposal = SmallShop.Propose(files: files);
        Assert.Equal(4000, proposal.Units.Count);
        Assert.InRange(Page(proposal).Length, 400_000, 3_000_000);
    }

    private static string Page(Proposal proposal) => CutPage.Of(proposal, proposal.Find(proposal.Recommended)!, CutView.FindingsOf(proposal, []));

    /// <summary>The same with what somebody may write who wants to get into the page: as the name of the whole, of a file, of a table.</summary>
    private static Proposal Renamed(Proposal proposal) => proposal with
    {
        Code = proposal.Code with
        {
            Name = Hostile,
            Files = [.. proposal.Code.Files.Select(f => f with { Path = $"{Hostile}/{f.Path}" })],
            Tables = [.. proposal.Code.Tables.Select(t => t with { Name = Hostile })],
        },
    };

    private static async Task<string> DrawnAsync(SystemFolder folder, string address)
    {
        var browser = new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException("No Chromium is installed: 'apt-get install chromium', or set CHROMIUM to its path.");
        var info = new ProcessStartInfo(browser, ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", $"--user-data-dir={folder.Path}/profile", "--virtual-time-budget=5000", "--dump-dom", address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["HOME"] = folder.Path;
        using var process = Process.Start(info)!;
        try
        {
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
            await error;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return output;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }
}
