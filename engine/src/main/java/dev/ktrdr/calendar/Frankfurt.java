package dev.ktrdr.calendar;

import java.time.LocalTime;

/// The holidays and half days of Xetra, the electronic market in Frankfurt.
///
/// Source: Deutsche Börse, trading calendars. A holiday on a weekend is lost. The calendars before
/// 2000 were longer and are not modelled.
final class Frankfurt {

    private static final LocalTime TWO = LocalTime.of(14, 0);

    private Frankfurt() {}

    static void plan(YearPlan plan) {
        plan.close(plan.day(1, 1), "New Year's Day");
        plan.close(plan.easter(-2), "Good Friday");
        plan.close(plan.easter(1), "Easter Monday");
        plan.close(plan.day(5, 1), "Labour Day");
        if (plan.year() == 2007 || (plan.isSince(2015) && !plan.isSince(2022))) {
            plan.close(plan.easter(50), "Whit Monday");
        }
        if (plan.isSince(2014) && !plan.isSince(2022)) {
            plan.close(plan.day(10, 3), "Day of German Unity");
        }
        plan.closeOnce("2017-10-31", "Reformation Day");
        plan.close(plan.day(12, 24), "Christmas Eve");
        plan.close(plan.day(12, 25), "Christmas Day");
        plan.close(plan.day(12, 26), "Second day of Christmas");
        plan.close(plan.day(12, 31), "New Year's Eve");
        if (plan.isSince(2010)) {
            plan.closeEarly(YearPlan.orFriday(plan.day(12, 30)), TWO);
        }
    }
}
