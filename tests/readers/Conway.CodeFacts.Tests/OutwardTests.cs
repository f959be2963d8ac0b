namespace Conway.CodeFacts;

public sealed class OutwardTests
{
    private static Codebase In(string body, string types = "") => Some.Code("""
        using System; using System.Net.Http; using System.Net.Http.Json; using System.Threading.Tasks; using Microsoft.Extensions.Configuration; using Microsoft.Extensions.DependencyInjection; using Microsoft.Extensions.Options;
        public class ShopOptions { public int A { get; set; } }
        """ + types + "\nclass User(IConfiguration configuration, HttpClient http, IServiceCollection services) { const string Base = \"v1/\"; async Task Go(int id) { " + body + " } }");

    [Theory]
    [InlineData("var x = configuration[\"A:B\"];", "A:B Value User")]
    [InlineData("var x = configuration.GetSection(\"A\").GetSection(\"B\")[\"C\"];", "A:B:C Value User")]
    [InlineData("var x = configuration.GetSection(\"A\").GetValue<int>(\"B\");", "A:B Value User")]
    [InlineData("var x = configuration.GetConnectionString(\"Default\");", "ConnectionStrings:Default ConnectionString User")]
    [InlineData("var x = Environment.GetEnvironmentVariable(\"HOME\");", "HOME Environment User")]
    [InlineData("services.Configure<ShopOptions>(configuration.GetSection(\"Shop\"));", "Shop Section ShopOptions")]
    [InlineData("services.AddOptions<ShopOptions>().Bind(configuration.GetSection(\"Shop\")).ValidateOnStart();", "Shop Section ShopOptions")]
    [InlineData("services.AddOptions<ShopOptions>().BindConfiguration(\"Shop\");", "Shop Section ShopOptions")]
    [InlineData("var x = configuration.GetSection(\"Shop\").Get<ShopOptions>();", "Shop Section ShopOptions")]
    [InlineData("var x = new System.Collections.Generic.Dictionary<string, int>()[\"A\"]; var y = \"a\"[0]; Get(\"A\"); void Get(string GetSection) { }", "")]
    public void Keys_are_told_with_the_type_that_they_are_for(string body, string expected)
    {
        var code = In(body);
        Assert.Equal(expected, string.Join(',', code.Configuration.Select(c => $"{c.Key} {c.Kind} {code.Types[c.Type].Name}")));
    }

    [Theory]
    [InlineData("await http.GetAsync($\"{Base}orders/{id}\");", "Http GET v1/orders/{}")]
    [InlineData("await http.PostAsJsonAsync(\"orders\", id);", "Http POST orders")]
    [InlineData("await http.SendAsync(new HttpRequestMessage(HttpMethod.Delete, \"orders/\" + id));", "Http DELETE orders/{}")]
    [InlineData("IShop shop = null; await shop.Get(id);", "Declared GET /orders/{id}")]
    [InlineData("new Store().GetAsync(\"a\");", "")]
    public void Calls_of_other_programs_are_told(string body, string expected)
    {
        var code = In(body, "interface IShop { [Get(\"/orders/{id}\")] Task<int> Get(int id); } class Store { public void GetAsync(string key) { } }");
        Assert.Equal(expected, string.Join(',', code.OutboundCalls.Select(c => $"{c.Kind} {c.Method} {c.Target}")));
    }

    [Theory]
    [InlineData("http://10.0.0.7:8080/api", "10.0.0.7:8080")]
    [InlineData("amqp://guest:guest@rabbit", "rabbit")]
    [InlineData("https://pay.example/v1?x=1", "pay.example")]
    [InlineData("http://schemas.microsoft.com/2003", null)]
    [InlineData("http://", null)]
    [InlineData("see https://x.example", null)]
    [InlineData("urn://x", null)]
    public void Addresses_are_told_and_names_of_formats_are_not(string text, string? host)
    {
        var code = In($"var x = \"{text}\";");
        Assert.Equal(host is null ? [] : [$"{text} {host} User a.cs:3"], code.Addresses.Select(a => $"{a.Text} {a.Host} {code.Types[a.Type].Name} {code.At(a.Place)}"));
    }
}
