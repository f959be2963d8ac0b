using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Outfitter.Dtos;
using Outfitter.Infrastructure;
using Outfitter.Services;

namespace Outfitter.Controllers;

[ApiController, Route("api/reports"), Authorize(Roles = CurrentUser.Staff)]
public sealed class ReportsController(SalesReportService reports, DashboardService dashboard) : ControllerBase
{
    [HttpGet("dashboard")]
    public Task<DashboardDto> Dashboard(CancellationToken ct) => dashboard.GetAsync(ct);

    [HttpGet("sales")]
    public Task<IReadOnlyList<SalesReportRow>> Sales([FromQuery] ReportQuery query, CancellationToken ct) => reports.SalesAsync(query, ct);

    [HttpGet("sales.csv")]
    public async Task<FileContentResult> SalesAsCsv([FromQuery] ReportQuery query, CancellationToken ct) =>
        File(Encoding.UTF8.GetBytes(CsvWriter.Write(await reports.SalesAsync(query, ct))), "text/csv; charset=utf-8", $"sales-{query.From:yyyy-MM-dd}-{query.To:yyyy-MM-dd}.csv");

    [HttpGet("top-customers")]
    public Task<IReadOnlyList<TopCustomerRow>> TopCustomers([FromQuery] ReportQuery query, CancellationToken ct, [Range(1, 100)] int count = 10) => reports.TopCustomersAsync(query, count, ct);

    [HttpGet("stock-value")]
    public Task<IReadOnlyList<StockValueRow>> StockValue(CancellationToken ct) => reports.StockValueAsync(ct);

    [HttpGet("promotions")]
    public Task<IReadOnlyList<SalesReportRow>> Promotions([FromQuery] ReportQuery query, CancellationToken ct) => reports.PromotionsAsync(query, ct);
}
