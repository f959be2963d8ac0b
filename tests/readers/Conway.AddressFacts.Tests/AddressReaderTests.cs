namespace Conway.AddressFacts.Tests;

public sealed class AddressReaderTests
{
    [Theory]
    [InlineData("a.js", "const url = process.env.CATALOG_URL;", "1:25 Variable CATALOG")]
    [InlineData("a.cs", "var url = configuration[\"STOCK_ROOM_URL\"];", "1:26 Variable STOCK_ROOM")]
    [InlineData("a.py", "\n\nrequests.get('http://catalog:8080/products')", "3:22 Host catalog:8080")]
    [InlineData("a.go", "http.Get(`https://catalog.shop.svc.cluster.local`)", "1:19 Host catalog.shop.svc.cluster.local")]
    [InlineData("a.cs", "client.BaseAddress = new(\"https+http://catalog\");", "1:40 Client catalog")]
    [InlineData("a.rb", "Bunny.new \"amqp://user:secret@rabbit:5672\"", "1:31 Host rabbit:5672")]
    [InlineData("a.cs", "builder.AddConwayClient<CatalogClient>(\"catalog\");", "1:41 Client catalog")]
    [InlineData("a.js", "const of = name => process.env[name + \"_URL\"];", "1:40 Composed ")]
    [InlineData("a.ts", "process.env[`${name}_URL`]", "1:21 Composed ")]
    public void A_place_that_names_another_program_is_found(string file, string text, string found) => Assert.Equal([found], Found(file, text));

    [Theory]
    [InlineData("a.js", "// see http://catalog or \"http://catalog\"")]
    [InlineData("a.cs", "/* \"http://catalog\"\n \"http://catalog\" */")]
    [InlineData("a.py", "x = 1  # CATALOG_URL")]
    [InlineData("a.cs", "log.LogInformation(\"Listening at http://catalog\");")]
    [InlineData("a.cs", "builder.WebHost.UseUrls(\"http://localhost:5000\");")]
    [InlineData("a.cs", "app.Run(\"http://0.0.0.0:5000\");")]
    [InlineData("a.js", "const { pathname } = new URL(request.url, \"http://shipping\");")]
    [InlineData("a.js", "fetch(`http://${host}:80/`)")]
    [InlineData("a.cs", "var x = $\"http://{host}\";")]
    [InlineData("a.cs", "Environment.GetEnvironmentVariable(\"ASPNETCORE_URLS\")")]
    [InlineData("a.cs", "const string catalog_URLS = Catalog_URL;")]
    [InlineData("a.cs", "\"ftp://catalog\" \"catalog\" \"http://\"")]
    public void What_only_looks_like_one_is_not(string file, string text) => Assert.Empty(Found(file, text));

    [Theory]
    [InlineData("src/orders/appsettings.json", "{ \"Catalog\": \"catalog:8080\", \"Stock\": \"localhost:5100\", \"At\": \"12:30\" }", "1:15 Host catalog:8080", "1:40 Host localhost:5100")]
    [InlineData("Properties/launchSettings.json", "{ \"applicationUrl\": \"https://localhost:7100;http://localhost:5100/\",\n \"launchUrl\": \"swagger\", \"Stock__Url\": \"http://localhost:5101\" }", "1:40 Listens 7100", "1:62 Listens 5100", "2:48 Host localhost:5101")]
    [InlineData("a.js", "x = { \"a\": \"catalog:8080\" }")]
    [InlineData("a.cs", "const string Line = \"\\\"applicationUrl\\\": \\\"x:5100\\\"\";")]
    public void Settings_name_hosts_without_a_scheme_and_launch_settings_the_own_ports(string file, string text, params string[] found) => Assert.Equal(found, Found(file, text));

    [Fact]
    public void A_comment_sign_in_a_text_ends_no_line() =>
        Assert.Equal(["1:29 Host billing", "2:20 Host catalog"], Found("a.js", "const a = '//', b = 'http://billing';\nconst c = \"https://catalog\"; // done"));

    [Fact]
    public void A_quote_that_is_no_text_does_not_hide_the_next_line() =>
        Assert.Equal(["2:15 Host catalog"], Found("a.js", "const quote = /'/;\nfetch(\"http://catalog\");"));

    [Fact]
    public void Odd_input_never_throws_and_keeps_its_lines()
    {
        var random = new Random(5);
        const string signs = "ab\"'`/*#\\\n\r:{}$_URLhttp.1";
        for (var n = 0; n < 3_000; n++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(80)).Select(_ => signs[random.Next(signs.Length)])]);
            foreach (var file in (string[])["a.cs", "a.py"])
            {
                Assert.Equal(text.Count(c => c == '\n'), Comments.Blanked(file, text).Count(c => c == '\n'));
                Assert.Equal(text.Length, Comments.Blanked(file, text).Length);
                AddressReader.Read([(file, text)]);
            }
        }
    }

    [Fact]
    public void What_is_kept_is_bounded_and_that_is_told()
    {
        var read = AddressReader.Read([("a.js", string.Concat(Enumerable.Repeat("\"http://a\"\n", AddressReader.MentionsMax + 1)))]);
        Assert.Equal((AddressReader.MentionsMax, true), (read.Mentions.Length, read.IsCut));
        Assert.False(AddressReader.Read([("a.js", "\"http://a\"")]).IsCut);
    }

    [Fact]
    public void Source_is_found_below_a_folder_without_tests_and_what_tools_wrote()
    {
        var folder = Directory.CreateTempSubdirectory("conway addresses ").FullName;
        try
        {
            foreach (var file in (string[])["src/a/Program.cs", "src/a/b.py", "src/a/b.min.js", "src/a/appsettings.json", "src/a/package.json", "src/a/OrderTests.cs", "src/a/x.test.ts", "tests/c.cs", "node_modules/x/d.js", "src/E.Tests/e.cs", ".git/f.cs", "readme.md", "src/a/obj/g.cs"])
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
                File.WriteAllText(Path.Combine(folder, file), "\"http://a\"");
            }

            var read = AddressReader.Read(SourceTexts.Find(folder, TestContext.Current.CancellationToken));
            Assert.Equal(["src/a/Program.cs", "src/a/appsettings.json", "src/a/b.py"], read.Files);
            Assert.Equal(3, read.Mentions.Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Found(string file, string text) =>
        AddressReader.Read([(file, text)]).Mentions.Select(m => $"{m.Place.Line}:{m.Place.Column} {m.Kind} {m.Name}");
}
