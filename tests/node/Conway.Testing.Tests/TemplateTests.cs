using System.Text;
using Conway.Model;
using Conway.Testing.Steps;

namespace Conway.Testing.Tests;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("/api", "/api")]
    [InlineData("", "")]
    [InlineData("/a/${id}/b/${n}", "/a/x y/b/7")]
    [InlineData("${id}${id}", "x yx y")]
    [InlineData("${list}", "[1,2]")]
    [InlineData("a $ {id} ${} ${id", "a $ {id} ${} ${id")]
    [InlineData("${}${n}", "${}7")]
    public void Names_in_a_text_are_replaced_by_values(string text, string filled)
    {
        Assert.Equal(filled, new TextTemplate(text).Fill(Kept(), null, out var missing));
        Assert.Null(missing);
    }

    [Fact]
    public void A_value_in_the_middle_of_a_path_cannot_lead_elsewhere()
    {
        Assert.Equal("http://shop/api/x%20y", Target("/api/${id}"));
        Assert.Equal("http://shop/api/a%2F..%2Fb%3Fc%23d", Target("/api/${evil}"));
        Assert.Equal("http://shop/api/orders?page=2", Target("${link}"));
        Assert.Equal("http://shop/api/orders?page=2", Target("${whole}"));
        Assert.Equal("shop", new Uri(Target("${backwards}")).Authority);
    }

    [Theory]
    [InlineData("${elsewhere}", "'http://evil/' is not a path of shop")]
    [InlineData("${sideways}", "'//evil/' is not a path of shop")]
    [InlineData("${file}", "'file:///etc/passwd' is not a path of shop")]
    [InlineData("/api/${nobody}", "'nobody' has no value: the step that keeps it was left out")]
    public void A_link_that_leaves_the_system_is_not_followed(string path, string trouble) =>
        Assert.Equal(trouble, StepRequest.Of(new CompiledStep { Name = "s", Method = HttpMethod.Get, Path = new TextTemplate(path) }, new Uri("http://shop"), Kept()).Trouble);

    [Theory]
    [InlineData("""{"quantity":"${n}","note":"no. ${n}","tags":["${id}",true,null],"${n}":1.50}""", """{"quantity":7,"note":"no. 7","tags":["x y",true,null],"${n}":1.50}""")]
    [InlineData("\"${list}\"", "[1,2]")]
    [InlineData("{}", "{}")]
    public void A_body_keeps_the_type_of_a_value_that_stands_alone(string body, string filled) =>
        Assert.Equal(filled, Encoding.UTF8.GetString(new JsonTemplate(new JsonText(body)).Fill(Kept(), out _)));

    [Fact]
    public void A_text_in_a_body_cannot_break_out_of_its_quotes() =>
        Assert.Equal("""{"a":"say \"hi\"\\"}""", Encoding.UTF8.GetString(new JsonTemplate(new JsonText("""{"a":"say ${quoted}"}""")).Fill(Kept(), out _)));

    [Fact]
    public void A_header_with_a_line_break_in_it_is_not_sent()
    {
        var step = new CompiledStep { Name = "s", Method = HttpMethod.Get, Headers = [new("X-Note", new TextTemplate("${lines}"))] };
        Assert.Equal("header 'X-Note' would hold a control character", StepRequest.Of(step, new Uri("http://shop"), Kept()).Trouble);
    }

    [Fact]
    public void Null_is_as_good_as_nothing()
    {
        var captures = new Captures();
        captures.Keep("coupon", Some.Json("null"), "$.coupon of 'GET /'");
        Assert.False(captures.Has("coupon"));
        Assert.Equal("'coupon' has no value: $.coupon of 'GET /' was not in the answer", captures.Missing("coupon"));
    }

    private static string Target(string path)
    {
        var (request, trouble) = StepRequest.Of(new CompiledStep { Name = "s", Method = HttpMethod.Get, Path = new TextTemplate(path) }, new Uri("http://shop"), Kept());
        Assert.Null(trouble);
        return request!.Target.AbsoluteUri;
    }

    private static Captures Kept()
    {
        var captures = new Captures();
        foreach (var (name, json) in new[]
        {
            ("id", "\"x y\""), ("n", "7"), ("list", "[1,2]"), ("evil", "\"a/../b?c#d\""), ("link", "\"/api/orders?page=2\""), ("whole", "\"http://shop/api/orders?page=2\""),
            ("elsewhere", "\"http://evil/\""), ("sideways", "\"//evil/\""), ("backwards", "\"/\\\\evil/\""), ("file", "\"file:///etc/passwd\""), ("quoted", "\"\\\"hi\\\"\\\\\""), ("lines", "\"a\\r\\nb\""),
        })
        {
            captures.Keep(name, Some.Json(json), "");
        }

        return captures;
    }
}
