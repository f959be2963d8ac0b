using Microsoft.Extensions.Options;
using Outfitter.Infrastructure;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.Services.AddShop(builder.Configuration);

    var app = builder.Build();
    app.UseMiddleware<RequestTimingMiddleware>();
    app.UseExceptionHandler();
    app.UseStatusCodePages();
    app.UseAuthentication();
    app.UseAuthorization();
    app.MapControllers();
    app.MapOpenApi();
    app.MapHealthChecks("/health");
    app.Services.GetRequiredService<IStartupValidator>().Validate();
    await app.Services.PrepareDatabaseAsync(app.Lifetime.ApplicationStopping);
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is OptionsValidationException or AggregateException { InnerException: OptionsValidationException })
{
    // A person wrote a setting that cannot be: the sentence helps, a stack trace does not.
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
