package cli

const termsText = `A term says for how long a license is bought or extended. It is what --term takes.

  full:N       N times 12 months, N from 1 to 3             full:1
  yearly:N     a plan billed by the year, N from 1 to 10    yearly:1
  monthly:N    a plan billed by the month, N from 1 to 120  monthly:6
  calendar:N   to a 1 January, N from 1 to 3                calendar:2
  trial:Nd     N days, 1 to 365, for nothing                trial:30d
  until:DATE   to the end of another license                until:2027-06-30
  perpetual    for ever                                     perpetual

A license is valid from the day it starts on up to, and not including, the day it ends on. Dates are
those of the vendor's time zone.

full and yearly end on the same day N years later; what starts on 29 February ends on 28 February.
monthly returns to the day of the first start: from 31 January to 28 February, then to 31 March.
calendar ends on the 1 January of the year in which it starts plus N: bought on 2026-11-21, calendar:1
ends on 2027-01-01 and calendar:3 on 2029-01-01. Years are paid whole, unless the product says that
the first one is paid by the month. More years give no discount.
trial alone is trial:30d; a company has one trial of a product. Extending its license pays for it.
until lets licenses end together; it is paid by the days.
perpetual is not extended. A device's is bound to its serial number, --serial, for good.

Extending goes on from the end while that is ahead, else from today; --from-expiry goes on from the
end all the same. What was bought for calendar years is extended by calendar years.

resell product view tells for which kinds of term a product is sold.`
