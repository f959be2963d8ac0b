using System.Net;
using System.Text;

namespace Conway.Registry.Tests;

/// <summary>What strangers send: every answer is a clear 4xx in text, and the registry lives on.</summary>
public sealed class WireTests
{
    [Theory]
    [InlineData("agent/service/register", "{", "Request decode failed")]
    [InlineData("agent/service/register", "", "Request decode failed")]
    [InlineData("agent/service/register", "[]", "the body must be an object")]
    [InlineData("agent/service/register", "{}", "Missing service name")]
    [InlineData("agent/service/register", """{"Name":7,"Port":"x"}""", "Name must be a string, not 7; Port must be a whole number, not \"x\"")]
    [InlineData("agent/service/register", """{"Name":"a","Port":70000}""", "Port must be from 0 to 65535")]
    [InlineData("agent/service/register", """{"Name":"a","Check":{"Args":["sh","-c","id"],"Interval":"10s"}}""", "Checks by Args are not supported")]
    [InlineData("agent/service/register", """{"Name":"a","Check":{"HTTP":"http://x/","TCP":"x:1","Interval":"10s"}}""", "A check goes one way only")]
    [InlineData("agent/service/register", """{"Name":"a","Check":{"HTTP":"file:///etc/passwd","Interval":"10s"}}""", "HTTP must be an http or https URL")]
    [InlineData("agent/service/register", """{"Name":"a","Check":{"HTTP":"http://x/"}}""", "Interval must be at least 1s")]
    [InlineData("agent/service/register", """{"Name":"a","Check":{"TCP":"nowhere","Interval":"5s"}}""", "must be host:port")]
    [InlineData("agent/service/register", """{"Name":"a","Check":{"TTL":"forever"}}""", "must be a duration")]
    [InlineData("agent/check/register", """{"TTL":"5s"}""", "Missing check name")]
    [InlineData("agent/check/register", """{"Name":"x","TTL":"5s","ServiceID":"nobody"}""", "ServiceID \"nobody\" does not exist")]
    [InlineData("catalog/register", """{"Node":"x"}""", "Must provide node and address")]
    [InlineData("txn", "{}", "a transaction is an array")]
    [InlineData("txn", """[{"Node":{}}]""", "[0]")]
    [InlineData("kv/", "x", "Missing key name")]
    [InlineData("kv/k?cas=-1", "x", "Invalid cas")]
    [InlineData("kv/k?cas=1&acquire=x", "x", "Conflicting flags")]
    public async Task A_request_that_makes_no_sense_is_answered_with_what_is_wrong(string path, string body, string reason)
    {
        await using var registry = await RunningRegistry.StartAsync();

        Assert.Contains(reason, await registry.PutAsync(path, body, HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("health/service/a?index=x", "Invalid index")]
    [InlineData("health/service/a?index=1&wait=long", "Invalid wait time")]
    [InlineData("health/service/a?passing=maybe", "Invalid value for ?passing")]
    [InlineData("health/service/a?stale&consistent", "conflicting semantics")]
    [InlineData("health/state/bogus", "Missing check state")]
    [InlineData("catalog/nodes?node-meta=x", "Invalid node-meta")]
    public async Task A_question_that_makes_no_sense_is_answered_with_what_is_wrong(string path, string reason)
    {
        await using var registry = await RunningRegistry.StartAsync();
        using var response = await registry.Http.GetAsync(path, RunningRegistry.Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(reason, await response.Content.ReadAsStringAsync(RunningRegistry.Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", "agent/service/deregister/nobody", HttpStatusCode.NotFound)]
    [InlineData("PUT", "agent/check/pass/nobody", HttpStatusCode.NotFound)]
    [InlineData("PUT", "agent/service/maintenance/nobody?enable=true", HttpStatusCode.NotFound)]
    [InlineData("GET", "agent/service/nobody", HttpStatusCode.NotFound)]
    [InlineData("GET", "agent/health/service/id/nobody", HttpStatusCode.NotFound)]
    [InlineData("GET", "nothing/like/this", HttpStatusCode.NotFound)]
    [InlineData("POST", "agent/service/register", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "agent/service/deregister/x", HttpStatusCode.NotFound)]
    [InlineData("GET", "catalog/nodes?dc=elsewhere", HttpStatusCode.InternalServerError)]
    public async Task What_does_not_exist_has_its_own_status(string method, string path, HttpStatusCode status)
    {
        await using var registry = await RunningRegistry.StartAsync();

        await registry.SendAsync(new HttpMethod(method), path, "", status);
    }

    [Fact]
    public async Task A_value_of_512_KiB_is_taken_and_a_byte_more_is_not()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var most = new string('x', 512 * 1024);

        Assert.Equal("true", await registry.PutAsync("kv/big", most));
        await registry.PutAsync("kv/big", most + "x", HttpStatusCode.RequestEntityTooLarge);

        Assert.Equal(most.Length, (await registry.Http.GetByteArrayAsync("kv/big?raw", RunningRegistry.Cancellation)).Length);
    }

    [Fact]
    public async Task A_body_without_an_announced_length_is_cut_off_at_the_limit_too()
    {
        await using var registry = await RunningRegistry.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, "kv/big") { Content = new StreamContent(new MemoryStream(new byte[600 * 1024])) };
        request.Headers.TransferEncodingChunked = true;

        using var response = await registry.Http.SendAsync(request, RunningRegistry.Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("evil.example", null, null, HttpStatusCode.Forbidden)]
    [InlineData("localhost.evil.example:1", null, null, HttpStatusCode.Forbidden)]
    [InlineData("10.1.2.3", null, null, HttpStatusCode.Forbidden)]
    [InlineData("localhost", null, null, HttpStatusCode.OK)]
    [InlineData("registry.test", null, null, HttpStatusCode.OK)]
    [InlineData("localhost", "http://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("localhost", "null", null, HttpStatusCode.Forbidden)]
    [InlineData("localhost", null, "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("localhost", "http://localhost", "same-origin", HttpStatusCode.OK)]
    public async Task A_web_page_of_another_origin_gets_nothing(string host, string? origin, string? site, HttpStatusCode status)
    {
        await using var registry = await RunningRegistry.StartAsync(new RegistryOptions { HostNames = ["registry.test"] });
        using var request = new HttpRequestMessage(HttpMethod.Get, "catalog/services");
        request.Headers.Host = host;
        if (origin is not null) request.Headers.TryAddWithoutValidation("Origin", origin);
        if (site is not null) request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);

        using var response = await registry.Http.SendAsync(request, RunningRegistry.Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Answers_carry_the_headers_of_consul()
    {
        await using var registry = await RunningRegistry.StartAsync();
        using var response = await registry.Http.GetAsync("catalog/nodes?pretty", RunningRegistry.Cancellation);

        Assert.Equal("true", response.Headers.GetValues("X-Consul-Knownleader").Single());
        Assert.Equal("0", response.Headers.GetValues("X-Consul-Lastcontact").Single());
        Assert.Equal("leader", response.Headers.GetValues("X-Consul-Effective-Consistency").Single());
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("\n    ", await response.Content.ReadAsStringAsync(RunningRegistry.Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_value_cannot_run_as_a_page()
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PutAsync("kv/page", "<script>alert(1)</script>");

        using var response = await registry.Http.GetAsync("kv/page?raw", RunningRegistry.Cancellation);

        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("sandbox", response.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task Snake_case_is_as_good_as_camel_case()
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PutAsync("agent/service/register", """
            {"name":"web","id":"w","port":80,"enable_tag_override":true,"tagged_addresses":{"lan":{"address":"10.0.0.1","port":81}},
             "checks":[{"ttl":"10s","status":"passing","deregister_critical_service_after":"90m"},{"name":"second","ttl":"1m","status":"warning"}]}
            """);

        var web = await registry.GetAsync("agent/service/w");
        Assert.True(web.GetProperty("EnableTagOverride").GetBoolean());
        Assert.Equal(81, web.GetProperty("TaggedAddresses").GetProperty("lan").GetProperty("Port").GetInt32());
        var checks = await registry.GetAsync("agent/checks");
        Assert.Equal("1h30m0s", checks.GetProperty("service:w:1").GetProperty("Definition").GetProperty("DeregisterCriticalServiceAfter").GetString());
        Assert.Equal("warning", checks.GetProperty("service:w:2").GetProperty("Status").GetString());
    }

    [Theory]
    [InlineData("passing", HttpStatusCode.OK)]
    [InlineData("warning", HttpStatusCode.TooManyRequests)]
    [InlineData("critical", HttpStatusCode.ServiceUnavailable)]
    public async Task The_agents_health_speaks_by_status_code(string health, HttpStatusCode status)
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PutAsync("agent/service/register", $$$"""{"Name":"web","Check":{"TTL":"1h","Status":"{{{health}}}"}}""");

        await registry.GetAsync("agent/health/service/id/web", status);
        using var text = await registry.Http.GetAsync("agent/health/service/name/web?format=text", RunningRegistry.Cancellation);

        Assert.Equal(status, text.StatusCode);
        Assert.Equal(health, await text.Content.ReadAsStringAsync(RunningRegistry.Cancellation));
    }

    [Fact]
    public async Task Registering_again_keeps_the_health_and_can_replace_the_checks()
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PutAsync("agent/service/register", """{"Name":"web","Check":{"CheckID":"old","TTL":"1h"}}""");
        await registry.PutAsync("agent/check/pass/old");

        await registry.PutAsync("agent/service/register", """{"Name":"web","Port":2,"Check":{"CheckID":"old","TTL":"2h"}}""");
        Assert.Equal("passing", (await registry.GetAsync("agent/checks")).GetProperty("old").GetProperty("Status").GetString());
        await registry.PutAsync("agent/service/register?replace-existing-checks", """{"Name":"web","Check":{"CheckID":"new","TTL":"1h"}}""");

        Assert.Equal("new", Assert.Single((await registry.GetAsync("agent/checks")).EnumerateObject()).Name);
    }

    [Fact]
    public async Task Seeded_garbage_never_takes_the_registry_and_never_gets_an_internal_error()
    {
        const int seed = 8123;
        var random = new Random(seed);
        await using var registry = await RunningRegistry.StartAsync();
        string[] paths = ["agent/service/register", "agent/check/register", "agent/check/update/x", "catalog/register", "catalog/deregister", "session/create", "txn"];
        string[] scraps = ["{", "}", "[", "]", "\"Name\"", ":", ",", "\"a\"", "null", "1e999", "-1", "true", "\"Check\"", "\"TTL\"", "\"10s\"", "\"KV\"", "\"Verb\"", "\"set\"", "\"Meta\"", "\"\\ud800\"", "\u0000"];
        for (var i = 0; i < 1500; i++)
        {
            var body = new StringBuilder();
            for (var length = random.Next(12); length >= 0; length--) body.Append(scraps[random.Next(scraps.Length)]);
            using var request = new HttpRequestMessage(HttpMethod.Put, paths[random.Next(paths.Length)]) { Content = new StringContent(body.ToString()) };
            using var response = await registry.Http.SendAsync(request, RunningRegistry.Cancellation);
            Assert.True((int)response.StatusCode < 500, $"seed {seed}, round {i}: {response.StatusCode} for {body}");
        }
        await registry.GetAsync("status/leader");
    }
}
