using System.Text;
using static Conway.Service.Tests.Support.RunningService;

namespace Conway.Service.Tests;

public sealed class EnvironmentTests
{
    [Theory]
    [InlineData("catalog", "CATALOG_URL")]
    [InlineData("price-list-2", "PRICE_LIST_2_URL")]
    public void A_name_becomes_a_variable(string name, string variable) => Assert.Equal(variable, ConwayEnvironment.VariableOf(name, "URL"));

    [Theory]
    [InlineData("http://127.0.0.1:41210", "http://127.0.0.1:41210/")]
    [InlineData("file:/data/orders.db", null)]
    [InlineData("not an address", null)]
    [InlineData("", null)]
    public void Only_an_http_address_is_a_callee(string value, string? address) =>
        Assert.Equal(address, Of(("CATALOG_URL", value)).AddressOf("catalog")?.ToString());

    [Theory]
    [InlineData("1500", 1500)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("1.5s", null)]
    public void A_time_that_is_no_positive_number_counts_as_not_set(string value, int? milliseconds) =>
        Assert.Equal(milliseconds, (int?)Of(("CATALOG_TIMEOUT_MS", value)).TimeoutOf("catalog")?.TotalMilliseconds);

    [Fact]
    public void Host_and_port_say_where_to_listen_unless_aspnetcore_urls_does()
    {
        Assert.Equal("http://0.0.0.0:8081", Of(("HOST", "0.0.0.0"), ("PORT", "8081")).Urls);
        Assert.Equal("http://127.0.0.1:8081", Of(("PORT", "8081")).Urls);
        Assert.Equal("http://x:1", Of(("PORT", "8081"), ("ASPNETCORE_URLS", "http://x:1")).Urls);
        Assert.Null(Of().Urls);
    }

    [Theory]
    [InlineData("a secret", "a secret")]
    [InlineData("a secret\n", "a secret")]
    [InlineData("a secret\r\n", "a secret")]
    [InlineData(" two\nlines\n\n", " two\nlines\n")]
    public void A_secret_is_what_its_file_holds_but_for_a_line_end(string held, string secret) =>
        WithFile(Encoding.UTF8.GetBytes(held), path => Assert.Equal(secret, Of(("ORDERS_DB_CONNECTION_FILE", path)).ConnectionOf("orders-db")));

    [Fact]
    public void A_secret_that_is_rotated_is_seen_by_who_asks_again() => WithFile("old"u8.ToArray(), path =>
    {
        var environment = Of(("KEY_FILE", path));
        Assert.Equal("old", environment.Secret("KEY"));
        File.WriteAllText(path, "new");
        Assert.Equal("new", environment.Secret("KEY"));
    });

    [Fact]
    public void A_secret_may_be_given_by_value_or_not_at_all()
    {
        Assert.Equal("by value", Of(("KEY", "by value")).Secret("KEY"));
        Assert.Equal("by value", Of(("KEY", "by value"), ("KEY_FILE", "")).Secret("KEY"));
        Assert.Null(Of().Secret("KEY"));
    }

    [Fact]
    public void A_secret_that_is_given_twice_is_refused_without_a_word_of_it()
    {
        var said = Assert.Throws<InvalidOperationException>(() => Of(("KEY", "hush"), ("KEY_FILE", "/hush")).Secret("KEY")).Message;
        Assert.Equal("KEY and KEY_FILE are both set, and nobody can tell which is meant. Set one of them.", said);
    }

    [Fact]
    public void A_file_that_holds_no_secret_is_told_without_a_word_of_it()
    {
        WithFile([], path => Told($"KEY_FILE names the file '{path}', which is empty.", path));
        WithFile("\n"u8.ToArray(), path => Told($"KEY_FILE names the file '{path}', which is empty.", path));
        WithFile([0x68, 0xFF, 0x68], path => Told($"KEY_FILE names the file '{path}', which is not UTF-8.", path));
        WithFile(new byte[(1024 * 1024) + 1], path => Told($"KEY_FILE names the file '{path}', which is longer than 1 MiB and so no secret.", path));
        const string CannotBeRead = "which cannot be read. Mount the secret there, and let this process read it.";
        WithFile("hush"u8.ToArray(), path =>
        {
            Told($"KEY_FILE names the file '{path}.not', {CannotBeRead}", path + ".not");
            Told($"KEY_FILE names the file '{Path.GetDirectoryName(path)}', {CannotBeRead}", Path.GetDirectoryName(path)!);
            if (!OperatingSystem.IsWindows() && !Environment.IsPrivilegedProcess)
            {
                File.SetUnixFileMode(path, UnixFileMode.None);
                Told($"KEY_FILE names the file '{path}', {CannotBeRead}", path);
            }
        });
        Told($"KEY_FILE names the file '/dev/zero', which is longer than 1 MiB and so no secret.", "/dev/zero");

        static void Told(string said, string path)
        {
            var thrown = Assert.Throws<InvalidOperationException>(() => Of(("KEY_FILE", path)).Secret("KEY"));
            Assert.Equal(said, thrown.Message);
        }
    }

    [Fact]
    public void An_endpoint_that_is_no_address_counts_as_not_set() => Assert.Null(Of(("OTEL_EXPORTER_OTLP_ENDPOINT", "collector")).TelemetryEndpoint);

    [Fact]
    public async Task Everything_can_be_turned_off_at_once()
    {
        await using var service = await Start(options: o =>
            (o.Telemetry, o.Health, o.Problems, o.RequestLogs, o.ConsoleLogs, o.Deadlines, o.Calls, o.Drain, o.DefaultMasks) =
            (false, false, false, false, false, false, false, false, false));

        using var answer = await service.Http.GetAsync("/", Ct);

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Empty(service.Logs.Of("Conway.Service"));
    }

    private static void WithFile(byte[] bytes, Action<string> test)
    {
        var folder = Directory.CreateTempSubdirectory("conway secret ");
        var path = Path.Combine(folder.FullName, "key");
        File.WriteAllBytes(path, bytes);
        test(path);
        folder.Delete(recursive: true);
    }

    private static ConwayEnvironment Of(params (string Name, string Value)[] variables) =>
        new(variables.ToDictionary(v => v.Name, v => v.Value).GetValueOrDefault);
}
