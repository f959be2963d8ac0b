using Conway.Service.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Conway.Service;

/// <summary>Puts our middleware outermost, wherever in the program <c>MapConway</c> is called.</summary>
internal sealed class ConwayPipeline(ConwayOptions options) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        // Line and span are finished last of all, so they know the status that the client got.
        app.UseMiddleware<RequestMiddleware>();
        if (options.Problems)
        {
            app.UseExceptionHandler();
            app.UseStatusCodePages();
        }

        // Inside the exception handler: a deadline that passed becomes a problem there.
        if (options.Deadlines)
            app.UseMiddleware<DeadlineMiddleware>();
        next(app);
    };
}
