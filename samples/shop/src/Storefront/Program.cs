using Conway.Service;
using Shop.Storefront;
using Shop.Storefront.Rum;

// The pages lie beside the program, wherever it is started from.
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddConway();
builder.Services.AddHttpClient<BrowserSpans>();
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, StorefrontJson.Default));

var app = builder.Build();
app.MapConway();
app.Use((context, next) =>
{
    // Everything comes from here: nothing else may run or be loaded.
    context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
    context.Response.Headers.XContentTypeOptions = "nosniff";
    context.Response.Headers["Referrer-Policy"] = "no-referrer";
    return next(context);
});
app.UseDefaultFiles();
app.UseStaticFiles(new StaticFileOptions
{
    // Asked for again at each visit, and answered with 304 when nothing changed.
    OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
});
app.MapRum();
app.Run();
