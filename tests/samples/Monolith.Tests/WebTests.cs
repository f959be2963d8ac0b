using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Monolith.Tests.Support;

namespace Monolith.Tests;

public sealed class WebTests(ShopApp shop) : IClassFixture<ShopApp>
{
    [Fact]
    public async Task The_openapi_document_can_be_read_and_names_every_way_in()
    {
        using var client = shop.CreateClient();
        await using var text = await client.GetStreamAsync("/openapi/v1.json", ShopApp.Ct);

        var (document, diagnostic) = await OpenApiDocument.LoadAsync(text, "json", cancellationToken: ShopApp.Ct);

        Assert.Empty(diagnostic!.Errors);
        var known = document!.Paths.SelectMany(p => p.Value.Operations!.Keys.Select(method => $"{method} {p.Key}")).ToList();
        Assert.Equal(shop.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.Count, known.Count);
        Assert.Contains("POST /api/orders", known);
        Assert.Equal(JsonSchemaType.Number, document.Components!.Schemas!["Money"].Type);
        Assert.NotSame(document.Components.Schemas["QuoteRequestLine"], document.Components.Schemas["RequestReturnRequestLine"]);
    }

    [Theory]
    [InlineData("GET", "/api/nowhere", null, 404)]
    [InlineData("DELETE", "/api/categories", null, 405)]
    [InlineData("GET", "/api/products/999999", null, 404)]
    [InlineData("POST", "/api/account/sign-in", "{", 400)]
    [InlineData("POST", "/api/account/sign-in", "{\"email\":\"a@example.com\"}", 400)]
    [InlineData("POST", "/api/account/sign-in", "null", 400)]
    [InlineData("GET", "/api/orders", null, 401)]
    public async Task What_goes_wrong_is_told_as_problem_details(string method, string path, string? body, int status)
    {
        using var client = shop.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await client.SendAsync(request, ShopApp.Ct);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(ShopApp.Ct));
        Assert.Equal(status, problem.RootElement.Number("status"));
    }

    [Fact]
    public async Task Mails_are_handed_over_to_the_mail_server_once()
    {
        await using var own = new ShopApp();
        own.With("Email:PickupDirectory", Path.Combine(own.Folder, "out"));
        var customer = await own.NewCustomer();
        string[] Files() => Directory.Exists(Path.Combine(own.Folder, "out")) ? Directory.GetFiles(Path.Combine(own.Folder, "out"), "*.eml") : [];

        await Eventually.True(
            () =>
            {
                own.Time.Advance(TimeSpan.FromSeconds(5));
                return Task.FromResult(Files().Length == 1);
            },
            "the welcome mail lies in the folder");

        var mail = await File.ReadAllTextAsync(Files()[0], ShopApp.Ct);
        Assert.Contains($"To: {customer.Email}\r\nSubject: =?utf-8?B?{Convert.ToBase64String("Welcome"u8)}?=\r\n", mail, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nDear Nora New,\r\n\r\nyour account is ready. With each order you collect points.\r\n", mail, StringComparison.Ordinal);
        await Eventually.True(
            async () => (await (await own.Staff()).Get("/api/admin/emails")).Items().All(m => m.GetProperty("sentAt").ValueKind == JsonValueKind.String), "the mail is marked as sent");
    }

    [Theory]
    [InlineData("ConnectionStrings:Shop", "Server", "ConnectionStrings:Shop is not a connection string")]
    [InlineData("ConnectionStrings:Shop", "Server=x", "ConnectionStrings:Shop names no database. Write 'Data Source=FILE' for SQLite")]
    [InlineData("Shop:BasketExpiryDays", "0", "The field BasketExpiryDays must be between 1 and 365.")]
    [InlineData("Auth:SigningKey", "short", "SigningKey")]
    public async Task A_setting_that_cannot_be_is_told_in_a_sentence(string setting, string value, string said)
    {
        var folder = Directory.CreateTempSubdirectory("outfitter-");
        try
        {
            var how = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Outfitter.dll"), "--urls", "http://127.0.0.1:0", "--ConnectionStrings:Shop", "Data Source=shop.db", $"--{setting}", value])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder.FullName,
            };
            using var process = Process.Start(how)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(ShopApp.Ct), process.StandardError.ReadToEndAsync(ShopApp.Ct));
            await process.WaitForExitAsync(ShopApp.Ct);

            Assert.Equal(2, process.ExitCode);
            Assert.Contains(said, await error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", await error + await output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task It_is_healthy()
    {
        using var client = shop.CreateClient();
        using var answer = await client.GetAsync("/health", ShopApp.Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
