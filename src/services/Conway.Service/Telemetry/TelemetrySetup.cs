using Conway.Service.Logs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;

namespace Conway.Service.Telemetry;

internal static class TelemetrySetup
{
    // ASP.NET Core 10 leaves the OpenTelemetry attributes off its server spans unless this is set before the host is built.
    // To be removed when .NET 11, which has them on, is the lowest version.
    private const string SuppressAttributes = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    public static void AddTelemetry(this IHostApplicationBuilder builder, ConwayEnvironment environment, ConwayOptions options, Masks masks)
    {
        AppContext.SetSwitch(SuppressAttributes, false);
        var name = builder.Environment.ApplicationName;
        var target = new OtlpTarget(environment, name);
        var pipeline = new TelemetryPipeline(name, target, options, masks);
        builder.Services.AddSingleton(pipeline);
        builder.Services.AddHostedService(_ => pipeline);
        builder.Logging.AddOpenTelemetry(logs =>
        {
            var resource = ResourceBuilder.CreateEmpty();
            target.Describe(resource);
            logs.SetResourceBuilder(resource);
            logs.IncludeFormattedMessage = true;
            logs.ParseStateValues = true;
            logs.AddProcessor(new MaskLogs(masks));
            logs.AddOtlpExporter((exporter, processor) =>
            {
                target.Apply(exporter, "logs");
                processor.BatchExportProcessorOptions.ScheduledDelayMilliseconds = target.LogsMs;
            });
        });
    }
}
